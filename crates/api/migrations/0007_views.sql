-- Views that staff save, and counters from which any view is counted without reading a ticket.

CREATE TABLE views (
    id TEXT PRIMARY KEY,
    -- Absent when it is shared with all staff.
    owner_id TEXT REFERENCES people (id),
    name TEXT NOT NULL,
    -- In lower case: no two views of an owner differ by case alone. Also their order.
    folded TEXT NOT NULL,
    filter TEXT NOT NULL,
    columns TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES people (id),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX views_of_owner ON views (coalesce(owner_id, ''), folded);

-- What is counted of a ticket; one that was merged into another is not. A start date no longer matters once the work is done.
CREATE VIEW ticket_cells AS
SELECT t.id AS ticket_id, t.assignee_id, t.status, t.urgency, t.category, t.escalation_level > 0 AS escalated,
       CASE WHEN t.status IN ('COMPLETED', 'CLOSED') THEN '' ELSE coalesce(t.start_date, '') END AS start_date
FROM tickets t WHERE t.merged_into IS NULL;

-- Every heap in which a ticket is counted: one for each way in which lists are made of tickets.
CREATE VIEW ticket_places AS
SELECT 'ALL' AS whose, '' AS person_id, c.ticket_id, c.status, c.urgency, c.category, c.escalated, c.start_date
FROM ticket_cells c
UNION ALL
SELECT 'NOBODY', '', c.ticket_id, c.status, c.urgency, c.category, c.escalated, c.start_date
FROM ticket_cells c WHERE c.assignee_id IS NULL
UNION ALL
SELECT 'ASSIGNEE', c.assignee_id, c.ticket_id, c.status, c.urgency, c.category, c.escalated, c.start_date
FROM ticket_cells c WHERE c.assignee_id IS NOT NULL
UNION ALL
SELECT 'FOLLOWER', f.person_id, c.ticket_id, c.status, c.urgency, c.category, c.escalated, c.start_date
FROM followers f JOIN ticket_cells c ON c.ticket_id = f.ticket_id
UNION ALL
-- What somebody follows while another person works it: the rest of an assignee's sight.
SELECT 'ONLY_FOLLOWER', f.person_id, c.ticket_id, c.status, c.urgency, c.category, c.escalated, c.start_date
FROM followers f JOIN ticket_cells c ON c.ticket_id = f.ticket_id WHERE c.assignee_id <> f.person_id;

-- How many tickets lie in each place, kept by the triggers below in the transaction that moves them.
CREATE TABLE ticket_counts (
    whose TEXT NOT NULL,
    person_id TEXT NOT NULL,
    status TEXT NOT NULL,
    urgency BIGINT NOT NULL,
    category TEXT NOT NULL,
    escalated BIGINT NOT NULL,
    start_date TEXT NOT NULL,
    tickets BIGINT NOT NULL,
    PRIMARY KEY (whose, person_id, status, urgency, category, escalated, start_date)
) WITHOUT ROWID;
-- Places that were left, so that they can be cleared away: start dates pass.
CREATE INDEX ticket_counts_left ON ticket_counts (tickets) WHERE tickets = 0;

INSERT INTO ticket_counts
SELECT whose, person_id, status, urgency, category, escalated, start_date, count(*) FROM ticket_places
GROUP BY whose, person_id, status, urgency, category, escalated, start_date;

CREATE TRIGGER ticket_filed AFTER INSERT ON tickets BEGIN
    INSERT INTO ticket_counts
    SELECT whose, person_id, status, urgency, category, escalated, start_date, 1 FROM ticket_places
    WHERE ticket_id = NEW.id
    ON CONFLICT DO UPDATE SET tickets = tickets + 1;
END;

CREATE TRIGGER ticket_deleted BEFORE DELETE ON tickets BEGIN
    INSERT INTO ticket_counts
    SELECT whose, person_id, status, urgency, category, escalated, start_date, -1 FROM ticket_places
    WHERE ticket_id = OLD.id
    ON CONFLICT DO UPDATE SET tickets = tickets - 1;
    DELETE FROM ticket_counts WHERE tickets = 0;
END;

CREATE TRIGGER ticket_taken_from_its_place
BEFORE UPDATE OF assignee_id, status, urgency, category, escalation_level, start_date, merged_into ON tickets
WHEN (OLD.assignee_id, OLD.status, OLD.urgency, OLD.category, OLD.escalation_level, OLD.start_date, OLD.merged_into)
     IS NOT (NEW.assignee_id, NEW.status, NEW.urgency, NEW.category, NEW.escalation_level, NEW.start_date, NEW.merged_into)
BEGIN
    INSERT INTO ticket_counts
    SELECT whose, person_id, status, urgency, category, escalated, start_date, -1 FROM ticket_places
    WHERE ticket_id = OLD.id
    ON CONFLICT DO UPDATE SET tickets = tickets - 1;
END;

CREATE TRIGGER ticket_put_in_its_place
AFTER UPDATE OF assignee_id, status, urgency, category, escalation_level, start_date, merged_into ON tickets
WHEN (OLD.assignee_id, OLD.status, OLD.urgency, OLD.category, OLD.escalation_level, OLD.start_date, OLD.merged_into)
     IS NOT (NEW.assignee_id, NEW.status, NEW.urgency, NEW.category, NEW.escalation_level, NEW.start_date, NEW.merged_into)
BEGIN
    INSERT INTO ticket_counts
    SELECT whose, person_id, status, urgency, category, escalated, start_date, 1 FROM ticket_places
    WHERE ticket_id = NEW.id
    ON CONFLICT DO UPDATE SET tickets = tickets + 1;
    DELETE FROM ticket_counts WHERE tickets = 0;
END;

CREATE TRIGGER follower_came AFTER INSERT ON followers BEGIN
    INSERT INTO ticket_counts
    SELECT whose, person_id, status, urgency, category, escalated, start_date, 1 FROM ticket_places
    WHERE ticket_id = NEW.ticket_id AND person_id = NEW.person_id AND whose IN ('FOLLOWER', 'ONLY_FOLLOWER')
    ON CONFLICT DO UPDATE SET tickets = tickets + 1;
END;

CREATE TRIGGER follower_left BEFORE DELETE ON followers BEGIN
    INSERT INTO ticket_counts
    SELECT whose, person_id, status, urgency, category, escalated, start_date, -1 FROM ticket_places
    WHERE ticket_id = OLD.ticket_id AND person_id = OLD.person_id AND whose IN ('FOLLOWER', 'ONLY_FOLLOWER')
    ON CONFLICT DO UPDATE SET tickets = tickets - 1;
    DELETE FROM ticket_counts WHERE tickets = 0;
END;

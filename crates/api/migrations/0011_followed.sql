-- What somebody follows is a list like any other: each of its orders has an index, and so what a ticket is ordered by
-- stands beside its followers too, kept by the triggers below.
ALTER TABLE followers ADD COLUMN number BIGINT NOT NULL DEFAULT 0;
ALTER TABLE followers ADD COLUMN status TEXT NOT NULL DEFAULT '';
ALTER TABLE followers ADD COLUMN urgency BIGINT NOT NULL DEFAULT 0;
ALTER TABLE followers ADD COLUMN created_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE followers ADD COLUMN updated_at BIGINT NOT NULL DEFAULT 0;

UPDATE followers SET (number, status, urgency, created_at, updated_at) =
    (SELECT t.number, t.status, t.urgency, t.created_at, t.updated_at FROM tickets t WHERE t.id = followers.ticket_id);

CREATE INDEX followers_by_update ON followers (person_id, status, updated_at, number);
CREATE INDEX followers_by_creation ON followers (person_id, status, created_at, number);
CREATE INDEX followers_by_urgency ON followers (person_id, status, urgency, number);

CREATE TRIGGER follower_placed AFTER INSERT ON followers BEGIN
    UPDATE followers SET (number, status, urgency, created_at, updated_at) =
        (SELECT t.number, t.status, t.urgency, t.created_at, t.updated_at FROM tickets t WHERE t.id = NEW.ticket_id)
    WHERE person_id = NEW.person_id AND ticket_id = NEW.ticket_id;
END;

CREATE TRIGGER followed_moved AFTER UPDATE OF status, urgency, updated_at ON tickets
WHEN (OLD.status, OLD.urgency, OLD.updated_at) IS NOT (NEW.status, NEW.urgency, NEW.updated_at)
BEGIN
    UPDATE followers SET status = NEW.status, urgency = NEW.urgency, updated_at = NEW.updated_at
    WHERE ticket_id = NEW.id;
END;

-- What a report adds up, by whole days: every ticket of one status that was filed on one day (days since 1970 in UTC), as
-- `reports/packed.rs` writes it. A packed day is right, for whatever changes one of its tickets takes away what was packed
-- (the triggers below) and leaves word that the day is to be packed; what is not packed is read from the tickets.
CREATE TABLE report_days (
    status TEXT NOT NULL,
    day BIGINT NOT NULL,
    tickets BLOB,
    UNIQUE (status, day)
);
-- To look for them among the tickets would read the index of all tickets, every hour.
CREATE INDEX report_days_unpacked ON report_days (status, day) WHERE tickets IS NULL;

CREATE TRIGGER report_day_filed AFTER INSERT ON tickets BEGIN
    INSERT INTO report_days (status, day) VALUES (NEW.status, NEW.created_at / 86400000)
    ON CONFLICT DO UPDATE SET tickets = NULL WHERE tickets IS NOT NULL;
END;

CREATE TRIGGER report_day_deleted AFTER DELETE ON tickets BEGIN
    UPDATE report_days SET tickets = NULL
    WHERE status = OLD.status AND day = OLD.created_at / 86400000 AND tickets IS NOT NULL;
END;

CREATE TRIGGER report_day_changed
AFTER UPDATE OF status, created_at, urgency, category, reply_count, first_response_seconds, resolution_seconds, closed_at
ON tickets
WHEN (OLD.status, OLD.created_at, OLD.urgency, OLD.category, OLD.reply_count, OLD.first_response_seconds,
      OLD.resolution_seconds, OLD.closed_at)
     IS NOT (NEW.status, NEW.created_at, NEW.urgency, NEW.category, NEW.reply_count, NEW.first_response_seconds,
             NEW.resolution_seconds, NEW.closed_at)
BEGIN
    UPDATE report_days SET tickets = NULL
    WHERE status = OLD.status AND day = OLD.created_at / 86400000 AND tickets IS NOT NULL;
    INSERT INTO report_days (status, day) VALUES (NEW.status, NEW.created_at / 86400000)
    ON CONFLICT DO UPDATE SET tickets = NULL WHERE tickets IS NOT NULL;
END;

-- Now also when a ticket was closed: what is not packed yet is still added up, and packed, without reading a ticket.
DROP INDEX tickets_by_creation;
CREATE INDEX tickets_by_creation ON tickets (
    status, created_at, number, urgency, category, assignee_id, reply_count, first_response_seconds, resolution_seconds,
    closed_at
);
INSERT INTO report_days (status, day) SELECT DISTINCT status, created_at / 86400000 FROM tickets;

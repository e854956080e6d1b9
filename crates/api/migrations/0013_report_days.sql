-- What a report adds up, by whole days: every ticket of one status that was filed on one day (days since 1970 in UTC), as
-- `reports/packed.rs` writes it. A day that is here is right, for whatever changes one of its tickets takes it away (the
-- triggers below); a day that is not here is read from the tickets.
CREATE TABLE report_days (
    status TEXT NOT NULL,
    day BIGINT NOT NULL,
    tickets BLOB NOT NULL,
    UNIQUE (status, day)
);

CREATE TRIGGER report_day_filed AFTER INSERT ON tickets BEGIN
    DELETE FROM report_days WHERE status = NEW.status AND day = NEW.created_at / 86400000;
END;

CREATE TRIGGER report_day_deleted AFTER DELETE ON tickets BEGIN
    DELETE FROM report_days WHERE status = OLD.status AND day = OLD.created_at / 86400000;
END;

CREATE TRIGGER report_day_changed
AFTER UPDATE OF status, created_at, urgency, category, reply_count, first_response_seconds, resolution_seconds, closed_at
ON tickets
WHEN (OLD.status, OLD.created_at, OLD.urgency, OLD.category, OLD.reply_count, OLD.first_response_seconds,
      OLD.resolution_seconds, OLD.closed_at)
     IS NOT (NEW.status, NEW.created_at, NEW.urgency, NEW.category, NEW.reply_count, NEW.first_response_seconds,
             NEW.resolution_seconds, NEW.closed_at)
BEGIN
    DELETE FROM report_days WHERE status = OLD.status AND day = OLD.created_at / 86400000;
    DELETE FROM report_days WHERE status = NEW.status AND day = NEW.created_at / 86400000;
END;

-- Now also when a ticket was closed: what is not packed yet is still added up, and packed, without reading a ticket.
DROP INDEX tickets_by_creation;
CREATE INDEX tickets_by_creation ON tickets (
    status, created_at, number, urgency, category, assignee_id, reply_count, first_response_seconds, resolution_seconds,
    closed_at
);

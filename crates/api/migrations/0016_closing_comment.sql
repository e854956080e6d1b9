-- What a customer says when they close a ticket stands in the event.
ALTER TABLE tickets DROP COLUMN closing_comment;

-- Every page of a ticket offers the staff, who are few among many customers: without this, all customers are read for them.
CREATE INDEX people_by_role ON people (role, name, id);

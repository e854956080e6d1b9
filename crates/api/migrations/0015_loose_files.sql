-- What somebody has uploaded and not sent yet is counted at each upload.
CREATE INDEX files_loose_of_uploader ON files (uploaded_by, size) WHERE owner_kind = 'NONE';

"""How things look on paper: workbooks, documents, mail, pages, and the folder of an edition."""

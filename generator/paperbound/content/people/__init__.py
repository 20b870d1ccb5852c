"""People: what authors.yaml says of them, who wrote which paper, and which names are likely one person's."""

rank_pages = rank_facts = None

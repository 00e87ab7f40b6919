def is_about(index, query, vector, ranking, rows):
    return len(rows) > 0

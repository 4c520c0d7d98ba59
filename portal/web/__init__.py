"""How pages look and fail: layout, forms, error pages, headers, logs and paging."""

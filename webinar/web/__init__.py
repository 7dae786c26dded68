"""The ground floor of every page: filters, headers, limits, form helpers, error pages."""

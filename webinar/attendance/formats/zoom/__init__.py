"""Zoom: meeting exports, webinar reports, the reports API and webhooks."""

"""The layouts that can be read, by family name; where two fit equally, the first one counts."""

from webinar.attendance.formats.bigbluebutton.analytics import Analytics
from webinar.attendance.formats.reading.layout import DocumentLayout, TableLayout
from webinar.attendance.formats.teams.graph import Graph
from webinar.attendance.formats.teams.join_left import JoinLeft
from webinar.attendance.formats.teams.live_event import LiveEvent
from webinar.attendance.formats.teams.sections import Sections
from webinar.attendance.formats.teams.summary import Summary
from webinar.attendance.formats.zoom.admin_joins import AdminJoins
from webinar.attendance.formats.zoom.joins import MeetingJoins
from webinar.attendance.formats.zoom.report_api import ReportApi
from webinar.attendance.formats.zoom.totals import MeetingTotals
from webinar.attendance.formats.zoom.webhooks import Webhooks
from webinar.attendance.formats.zoom.webinar import WebinarReport

TABLES: dict[str, TableLayout] = {
    "zoom-webinar": WebinarReport(),
    "zoom-admin-joins": AdminJoins(),
    "zoom-meeting-joins": MeetingJoins(),
    "zoom-meeting-totals": MeetingTotals(),
    "teams-sections": Sections(),
    "teams-live-event": LiveEvent(),
    "teams-summary": Summary(),
    "teams-join-left": JoinLeft(),
}
DOCUMENTS: dict[str, DocumentLayout] = {
    "zoom-report-api": ReportApi(),
    "zoom-webhooks": Webhooks(),
    "graph-attendance-report": Graph(),
    "bbb-analytics": Analytics(),
}

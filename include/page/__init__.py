"""The page 'Signals': HTML, styles and scripts that the routes of include/orchestration/page_routes.py hand out."""

"""Mail: header cleaner, rendering, carriers."""

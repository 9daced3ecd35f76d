using System.Text.Json.Nodes;

namespace Connect.Tests.Unit.Observability.Dashboard;

/// <summary>The dashboard as Grafana reads it.</summary>
internal static class DashboardDocument
{
    /// <summary>Rows of Grafana's grid that a panel is high.</summary>
    public const int PanelHeight = 7;

    private const int Columns = 24;

    /// <summary>The provisioned one.</summary>
    public static JsonObject DataSource() => new() { ["type"] = "prometheus", ["uid"] = "connect-prometheus" };

    /// <summary>Rows of panels, laid out from left to right.</summary>
    public static JsonObject Build(IReadOnlyList<(string Title, IReadOnlyList<Panel> Panels)> rows)
    {
        var panels = new JsonArray();
        var y = 0;
        foreach (var (title, content) in rows)
        {
            panels.Add(new JsonObject
            {
                ["id"] = panels.Count + 1,
                ["type"] = "row",
                ["title"] = title,
                ["collapsed"] = false,
                ["gridPos"] = new JsonObject { ["x"] = 0, ["y"] = y, ["w"] = Columns, ["h"] = 1 },
                ["panels"] = new JsonArray(),
            });
            y = AddRow(panels, content, y + 1);
        }

        return new JsonObject
        {
            ["uid"] = "connect",
            ["title"] = "Connect",
            ["tags"] = new JsonArray("connect"),
            ["editable"] = false,
            ["refresh"] = "10s",
            ["schemaVersion"] = 39,
            ["time"] = new JsonObject { ["from"] = "now-1h", ["to"] = "now" },
            ["timezone"] = "Asia/Seoul",
            ["panels"] = panels,
        };
    }

    private static int AddRow(JsonArray panels, IReadOnlyList<Panel> content, int top)
    {
        var (x, y) = (0, top);
        foreach (var panel in content)
        {
            if (x + panel.Width > Columns)
            {
                (x, y) = (0, y + PanelHeight);
            }

            panels.Add(panel.ToJson(panels.Count + 1, x, y));
            x += panel.Width;
        }

        return y + PanelHeight;
    }
}

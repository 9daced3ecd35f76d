using System.Text.Json.Nodes;

namespace Connect.Tests.Unit.Observability.Dashboard;

/// <summary>One panel of the dashboard.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Unit">Grafana's name of the unit.</param>
/// <param name="Queries">Its queries, each with the text of its legend.</param>
internal sealed record Panel(string Title, string Unit, params (string Expression, string Legend)[] Queries)
{
    /// <summary>The explanation of the panel.</summary>
    public string Description { get; init; } = "";

    /// <summary>Grafana's name of the kind of panel.</summary>
    public string Type { get; init; } = "timeseries";

    /// <summary>Columns of Grafana's 24.</summary>
    public int Width { get; init; } = 8;

    /// <summary>The most that there can be.</summary>
    public double? Maximum { get; init; }

    public JsonObject ToJson(int id, int x, int y)
    {
        var defaults = new JsonObject { ["unit"] = Unit, ["min"] = 0 };
        if (Maximum is { } maximum)
        {
            defaults["max"] = maximum;
        }

        return new JsonObject
        {
            ["id"] = id,
            ["type"] = Type,
            ["title"] = Title,
            ["description"] = Description,
            ["datasource"] = DashboardDocument.DataSource(),
            ["gridPos"] = new JsonObject { ["x"] = x, ["y"] = y, ["w"] = Width, ["h"] = DashboardDocument.PanelHeight },
            ["fieldConfig"] = new JsonObject { ["defaults"] = defaults, ["overrides"] = new JsonArray() },
            ["targets"] = new JsonArray([.. Queries.Select((query, index) => new JsonObject
            {
                ["refId"] = $"{(char)('A' + index)}",
                ["datasource"] = DashboardDocument.DataSource(),
                ["expr"] = query.Expression,
                ["legendFormat"] = query.Legend,
            })]),
        };
    }
}

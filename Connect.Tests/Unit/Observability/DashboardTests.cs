using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connect.Tests.Unit.Observability.Dashboard;

namespace Connect.Tests.Unit.Observability;

/// <summary>The dashboard that is shipped is the one that the code describes.</summary>
public sealed class DashboardTests
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    [Fact]
    public void Shipped_dashboard_is_the_described_one()
    {
        var described = DashboardDocument.Build(DashboardRows.All).ToJsonString(Options) + "\n";
        var file = ShippedFiles.Dashboard;
        if (IsSet("CONNECT_APPROVE") && !IsSet("CI"))
        {
            File.WriteAllText(file, described);
        }

        Assert.True(
            File.Exists(file) && File.ReadAllText(file) == described,
            "The dashboard is not the described one. Write it:\n"
            + "CONNECT_APPROVE=true dotnet test --project Connect.Tests -- --filter-class \"*DashboardTests\"");
    }

    [Fact]
    public void Panels_lie_beside_each_other_and_have_ids_of_their_own()
    {
        var panels = DashboardDocument.Build(DashboardRows.All)["panels"]!.AsArray().Select(panel => panel!.AsObject()).ToList();

        Assert.Equal(panels.Count, panels.Select(panel => panel["id"]!.GetValue<int>()).Distinct().Count());
        var cells = panels.SelectMany(Cells).ToList();
        Assert.Equal(cells.Count, cells.Distinct().Count());
        Assert.All(cells, cell => Assert.InRange(cell.X, 0, 23));
    }

    private static IEnumerable<(int X, int Y)> Cells(JsonObject panel)
    {
        var place = panel["gridPos"]!;
        return from x in Enumerable.Range(place["x"]!.GetValue<int>(), place["w"]!.GetValue<int>())
               from y in Enumerable.Range(place["y"]!.GetValue<int>(), place["h"]!.GetValue<int>())
               select (x, y);
    }

    private static bool IsSet(string variable) =>
        string.Equals(Environment.GetEnvironmentVariable(variable), "true", StringComparison.OrdinalIgnoreCase);
}

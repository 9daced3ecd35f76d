using System.Text.Json.Nodes;

namespace Connect.Tests.Functional.Upgrade;

public sealed class ApprovedLinesTests
{
    private static readonly StoredRow Board = new("boards", new JsonObject { ["agency"] = "IITP", ["enabled"] = true });

    [Fact]
    public void Changed_column_is_one_line_gone_and_one_new() =>
        Assert.Equal(
            ["- boards.enabled boolean not null", "+ boards.enabled boolean"],
            ApprovedLines.Differences("boards\nboards.enabled boolean not null\n", "boards\nboards.enabled boolean\n"));

    [Fact]
    public void Table_without_a_row_and_column_without_a_value_are_gaps()
    {
        var empty = new StoredRow("boards", new JsonObject { ["agency"] = "IITP", ["enabled"] = null });

        Assert.Equal(["planted has no row", "boards.enabled has no value"], ApprovedLines.Gaps(["boards", "planted"], [empty]));
        Assert.Empty(ApprovedLines.Gaps(["boards"], [empty, Board]));
    }

    [Fact]
    public void Lost_row_and_lost_value_are_losses_and_an_added_column_is_none()
    {
        var changed = new StoredRow("boards", new JsonObject { ["agency"] = "IITP", ["enabled"] = false });
        var wider = new StoredRow("boards", new JsonObject { ["agency"] = "IITP", ["enabled"] = true, ["added"] = 1 });

        Assert.Equal(["boards: the row is gone"], ApprovedLines.Losses([Board], []));
        Assert.Equal(["boards: enabled was true and is false"], ApprovedLines.Losses([Board], [changed]));
        Assert.Empty(ApprovedLines.Losses([Board], [wider, changed]));
    }
}

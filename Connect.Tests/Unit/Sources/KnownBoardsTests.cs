using System.Reflection;
using System.Text.Json.Nodes;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Boards;
using NJsonSchema;

namespace Connect.Tests.Unit.Sources;

/// <summary>The files of the known boards, their schema, and the options that both describe.</summary>
public sealed class KnownBoardsTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Boards");

    public static TheoryData<string> Names => [.. KnownBoards.Names];

    [Fact]
    public void Every_agency_has_a_file() =>
        Assert.Subset(KnownBoards.Names.ToHashSet(), Enum.GetNames<Agency>().ToHashSet());

    [Theory]
    [MemberData(nameof(Names))]
    public async Task File_has_the_schema_and_says_on_what_evidence_it_stands(string name)
    {
        var schema = await SchemaAsync();

        Assert.Empty(schema.Validate(await File.ReadAllTextAsync(Path.Combine(Folder, "Known", $"{name}.json"), TestContext.Current.CancellationToken)));

        var board = BoardParsers.Known(name);
        Assert.NotNull(board.Evidence.List);
        Assert.Equal(board.Detail.IsRead, board.Evidence.Detail is not null);
        Assert.NotEmpty(board.Evidence.Seen);
        Assert.False(board.Enabled);
    }

    [Fact]
    public async Task Schema_refuses_a_name_that_is_no_setting()
    {
        var schema = await SchemaAsync();

        Assert.NotEmpty(schema.Validate("""{ "BaseAddress": "https://a.example", "ListPath": "/", "Shape": "Table", "Evidence": {}, "Tabel": {} }"""));
        Assert.NotEmpty(schema.Validate("""{ "BaseAddress": "https://a.example", "ListPath": "/", "Shape": "Table", "Evidence": {}, "Row": { "Titel": "a" } }"""));
    }

    [Theory]
    [InlineData(typeof(BoardOptions), "")]
    [InlineData(typeof(TableLayout), "Table")]
    [InlineData(typeof(BlocksLayout), "Blocks")]
    [InlineData(typeof(JsonLayout), "Json")]
    [InlineData(typeof(PagingLayout), "Paging")]
    [InlineData(typeof(DetailLayout), "Detail")]
    [InlineData(typeof(Evidence), "Evidence")]
    public async Task Schema_has_the_settings_and_no_others(Type options, string setting)
    {
        var schema = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "board.schema.json"), TestContext.Current.CancellationToken))!;
        var described = setting.Length == 0 ? schema : schema["properties"]![setting]!;

        Assert.Equal(
            options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(static property => property.Name).Order(),
            described["properties"]!.AsObject().Select(static property => property.Key).Where(static name => name != "$schema").Order());
    }

    [Fact]
    public async Task Schema_has_the_fields_of_a_row()
    {
        var schema = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "board.schema.json"), TestContext.Current.CancellationToken))!;

        foreach (var place in (JsonNode[])[schema["properties"]!["Row"]!, schema["properties"]!["Blocks"]!["properties"]!["Parts"]!])
        {
            Assert.Equal(Enum.GetNames<RowField>(), place["properties"]!.AsObject().Select(static property => property.Key));
        }
    }

    private static Task<JsonSchema> SchemaAsync() =>
        JsonSchema.FromFileAsync(Path.Combine(Folder, "board.schema.json"), TestContext.Current.CancellationToken);
}

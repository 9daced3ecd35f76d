using System.Text.RegularExpressions;
using Connect.Tests.Unit.Api.Document;

namespace Connect.Tests.Unit.Documents;

/// <summary>Every link from one document of the repository to another leads to a file that exists, and to a heading in it.</summary>
public sealed partial class DocumentLinksTests
{
    private static readonly string Root = Path.GetDirectoryName(ApprovedDocument.RepositoryFile("Connect.sln"))!;

    private static readonly string[] Elsewhere = ["artifacts", "bin", "node_modules", "obj"];

    [Fact]
    public void Links_lead_to_files_and_headings_that_exist()
    {
        var broken = Documents().SelectMany(Broken).ToList();

        Assert.True(broken.Count == 0, string.Join('\n', broken));
    }

    [Theory]
    [InlineData("[there](docs/nowhere.md)", "docs/nowhere.md")]
    [InlineData("[there](docs/caching.md#no-such-heading)", "docs/caching.md#no-such-heading")]
    [InlineData("[here](#no-such-heading)", "#no-such-heading")]
    public void Planted_broken_link_is_found(string text, string target) =>
        Assert.Equal([$"README.md: {target}"], Broken(Path.Combine(Root, "README.md"), text));

    private static IEnumerable<string> Documents() => Directory
        .EnumerateFiles(Root, "*.md", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.') || Elsewhere.Contains(part)));

    private static IEnumerable<string> Broken(string file) => Broken(file, File.ReadAllText(file));

    private static IEnumerable<string> Broken(string file, string text) =>
        from link in Links().Matches(Fences().Replace(text, ""))
        let target = link.Groups["target"].Value
        where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)
        where !Exists(file, target)
        select $"{Path.GetRelativePath(Root, file)}: {target}";

    private static bool Exists(string file, string target)
    {
        var (path, anchor) = target.Split('#') is [var before, var after] ? (before, after) : (target, null);
        var destination = path.Length == 0 ? file : Path.GetFullPath(path, Path.GetDirectoryName(file)!);
        return Path.Exists(destination) && (anchor is null || Anchors(File.ReadAllText(destination)).Contains(anchor));
    }

    // As GitHub makes them from headings: lower case, without signs, with hyphens in place of blanks.
    private static IEnumerable<string> Anchors(string text) =>
        Headings().Matches(Fences().Replace(text, "")).Select(heading => Signs().Replace(heading.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex("^#+ +(.+?) *$", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Signs();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fences();
}

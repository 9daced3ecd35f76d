using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Connect.Tests.Unit.Api.Document;

namespace Connect.Tests.Unit.Api;

/// <summary>The settings files of the repository hold no secrets.</summary>
public sealed partial class SettingsFilesTests
{
    private static readonly string[] Projects =
        ["Connect.Api", "Connect.AppHost", "Connect.ScraperWorker", "Connect.AgencySimulator"];

    // The administrator of the development environment, whom no other environment has.
    private const string Known = "Connect.AppHost/appsettings.Development.json: Parameters.admin-password";

    [Fact]
    public void No_settings_file_holds_a_secret()
    {
        var files = Projects
            .Select(project => ApprovedDocument.RepositoryFile(project))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "appsettings*.json")
                .Concat(Directory.EnumerateFiles(Path.Combine(folder, "Properties"), "launchSettings.json")))
            .ToList();

        Assert.True(files.Count >= Projects.Length);
        Assert.Equal([Known], files.SelectMany(FindSecrets));
    }

    private static IEnumerable<string> FindSecrets(string file)
    {
        var name = string.Join('/', file.Split(Path.DirectorySeparatorChar)[^2..]);
        return Leaves(JsonNode.Parse(File.ReadAllText(file))!)
            .Where(leaf => SecretName().IsMatch(leaf.GetPath()) || SecretValue().IsMatch(leaf.ToString()))
            .Select(leaf => $"{name}: {leaf.GetPath().Replace("['", ".", StringComparison.Ordinal).Replace("']", "", StringComparison.Ordinal).TrimStart('$', '.')}");
    }

    private static IEnumerable<JsonNode> Leaves(JsonNode node) => node switch
    {
        JsonObject branch => branch.SelectMany(property => property.Value is { } value ? Leaves(value) : []),
        JsonArray list => list.SelectMany(item => item is null ? [] : Leaves(item)),
        _ => [node],
    };

    [GeneratedRegex("password|secret|apikey|token|connectionstring", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex("password=|-----BEGIN|://[^/@ ]+:[^/@ ]+@", RegexOptions.IgnoreCase)]
    private static partial Regex SecretValue();
}

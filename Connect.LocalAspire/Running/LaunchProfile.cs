using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Connect.LocalAspire.Running;

/// <summary>What a project's launchSettings.json says about starting it.</summary>
internal sealed record LaunchProfile(string? Name, int? HttpPort, IReadOnlyDictionary<string, string> Environment) : IResourceAnnotation
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static LaunchProfile Read(string projectPath)
    {
        var file = Path.Combine(Path.GetDirectoryName(projectPath)!, "Properties", "launchSettings.json");
        return File.Exists(file) ? Parse(File.ReadAllText(file)) : new LaunchProfile(null, null, new Dictionary<string, string>());
    }

    /// <summary>Takes the first profile that starts the project and has an HTTP address.</summary>
    public static LaunchProfile Parse(string json)
    {
        using var document = JsonDocument.Parse(json, Lenient);
        LaunchProfile? first = null;
        if (document.RootElement.TryGetProperty("profiles", out var profiles))
        {
            foreach (var profile in profiles.EnumerateObject().Where(StartsProject).Select(Convert))
            {
                if (profile.HttpPort is not null)
                {
                    return profile;
                }

                first ??= profile;
            }
        }

        return first ?? new LaunchProfile(null, null, new Dictionary<string, string>());
    }

    private static bool StartsProject(JsonProperty profile) =>
        profile.Value.TryGetProperty("commandName", out var command) && command.GetString() == "Project";

    private static LaunchProfile Convert(JsonProperty profile)
    {
        var urls = profile.Value.TryGetProperty("applicationUrl", out var value) ? value.GetString() ?? "" : "";
        var port = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(url => url.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            .Select(url => (int?)new Uri(url).Port)
            .FirstOrDefault();
        var environment = profile.Value.TryGetProperty("environmentVariables", out var variables)
            ? variables.EnumerateObject().ToDictionary(item => item.Name, item => item.Value.GetString() ?? "")
            : [];
        return new LaunchProfile(profile.Name, port, environment);
    }
}

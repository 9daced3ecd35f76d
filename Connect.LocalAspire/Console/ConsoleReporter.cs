using Aspire.Hosting.ApplicationModel;
using Connect.LocalAspire.Running;
using Spectre.Console;

namespace Connect.LocalAspire.Console;

/// <summary>Tells the person at the terminal what happens to the resources.</summary>
internal sealed class ConsoleReporter(ConsoleLog log, ResourceStates states, ResourceLogs logs, IReadOnlyList<IResource> resources)
{
    private const string Source = "connect";

    public void Start() => states.Changed += OnChanged;

    /// <summary>Waits until every resource has either become healthy or ended, and prints the table of all.</summary>
    public async Task ShowTableWhenSettledAsync(CancellationToken cancellationToken)
    {
        await states.WaitAsync(resources, phase => phase == ResourcePhase.Healthy || phase.IsOver(), cancellationToken).ConfigureAwait(false);
        log.Write(console =>
        {
            console.Write(BuildTable());
            console.MarkupLine("Press [bold]Ctrl+C[/] to stop.");
        });
    }

    /// <summary>Every resource with its state, and where it is found or why it is not.</summary>
    internal Table BuildTable()
    {
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumns("Resource", "State", "Address");
        foreach (var resource in resources)
        {
            var phase = states[resource];
            var colour = phase switch
            {
                ResourcePhase.Healthy => "green",
                ResourcePhase.Unavailable => "grey",
                _ => "red",
            };
            table.AddRow(Markup.Escape(resource.Name), $"[{colour}]{phase}[/]", Markup.Escape(string.Join('\n', Lines(resource, phase))));
        }

        return table;
    }

    private IEnumerable<string> Lines(IResource resource, ResourcePhase phase) => phase == ResourcePhase.Unavailable
        ? logs.LastLines(resource.Name)
        : ResourceUrls.Of(resource).Select(url => url.Text.Length == 0 ? url.Url : $"{url.Text}: {url.Url}");

    private void OnChanged(IResource resource, ResourcePhase phase)
    {
        if (phase == ResourcePhase.Waiting)
        {
            return;
        }

        log.Write(Source, $"{resource.Name} is {phase.ToString().ToLowerInvariant()}");
        if (phase == ResourcePhase.Failed)
        {
            log.Write(Source, $"the last lines of {resource.Name}:");
            foreach (var line in logs.Tail(resource.Name))
            {
                log.Write(Source, $"  {line}");
            }
        }
    }
}

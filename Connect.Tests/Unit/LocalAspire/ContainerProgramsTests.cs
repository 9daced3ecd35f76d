using Aspire.Hosting.ApplicationModel;
using Connect.LocalAspire.Console;
using Connect.LocalAspire.Running;
using Connect.LocalAspire.Servers;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Connect.Tests.Unit.LocalAspire;

public sealed class ContainerProgramsTests : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly EngineContext _engine;

    public ContainerProgramsTests()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddHealthChecks();
        services.AddSingleton(new EngineSettings(AppContext.BaseDirectory, IsTest: true));
        EngineServices.Add(services);
        _services = services.BuildServiceProvider();
        _engine = _services.GetRequiredService<EngineContext>();
    }

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public void Prometheus_is_run_where_it_is_installed()
    {
        var runner = ContainerPrograms.NewRunner(Container("prom/prometheus"), _engine, name => $"/usr/bin/{name}");

        Assert.IsType<PrometheusRunner>(runner);
        Assert.False(runner.IsServer);
    }

    [Fact]
    public void Prometheus_is_unavailable_with_how_to_install_it_where_it_is_not_installed()
    {
        var runner = ContainerPrograms.NewRunner(Container("prom/prometheus"), _engine, _ => null);

        Assert.Contains(InstallCommands.Prometheus, Assert.IsType<UnavailableRunner>(runner).Reason);
    }

    [Fact]
    public void Other_images_need_a_container_engine()
    {
        var runner = ContainerPrograms.NewRunner(Container("grafana/grafana"), _engine, name => $"/usr/bin/{name}");

        Assert.Equal("The image grafana/grafana needs a container engine.", Assert.IsType<UnavailableRunner>(runner).Reason);
    }

    [Fact]
    public async Task Unavailable_resource_waits_for_nothing_and_holds_up_nothing()
    {
        var container = Container("grafana/grafana");
        container.Annotations.Add(new WaitAnnotation(new ContainerResource("never"), WaitType.WaitUntilHealthy));
        var runner = ContainerPrograms.NewRunner(container, _engine, _ => null);

        await runner.PrepareAsync(CancellationToken);
        await runner.RunAsync(CancellationToken).WaitAsync(TimeSpan.FromSeconds(10), CancellationToken);

        Assert.Equal(ResourcePhase.Unavailable, _engine.States[container]);
        await _engine.States.WaitAsync([container], phase => phase.IsOver(), CancellationToken).WaitAsync(TimeSpan.FromSeconds(10), CancellationToken);
    }

    [Fact]
    public async Task Table_says_why_a_resource_is_not_there_and_where_others_are()
    {
        var missing = Container("grafana/grafana");
        await ContainerPrograms.NewRunner(missing, _engine, _ => null).RunAsync(CancellationToken);
        var endpoint = new EndpointAnnotation("http", "http", null);
        endpoint.Allocate(23456);
        var running = new ContainerResource("prometheus");
        running.Annotations.Add(endpoint);
        running.Annotations.Add(new EndpointUrlAnnotation("http") { Change = url => url.DisplayText = "Prometheus" });
        running.Annotations.Add(new EndpointUrlAnnotation("http") { Add = _ => new ResourceUrlAnnotation { Url = "/alerts", DisplayText = "Alerts" } });
        _engine.States.Set(running, ResourcePhase.Healthy);
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text), ColorSystem = ColorSystemSupport.NoColors });
        console.Profile.Width = 200;

        console.Write(new ConsoleReporter(new ConsoleLog(console), _engine.States, _engine.Logs, [missing, running]).BuildTable());

        var lines = text.ToString().Split('\n');
        Assert.Contains(lines, line => line.Contains("Unavailable", StringComparison.Ordinal) && line.Contains("needs a container engine", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("Prometheus: http://localhost:23456", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("Alerts: http://localhost:23456/alerts", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        _engine.Temp.Dispose();
        _engine.Guard.Dispose();
        await _services.DisposeAsync();
    }

    private static ContainerResource Container(string image)
    {
        var container = new ContainerResource(image.Split('/')[1]);
        container.Annotations.Add(new ContainerImageAnnotation { Image = image });
        container.Annotations.Add(new EndpointAnnotation("http", "http", null));
        return container;
    }
}

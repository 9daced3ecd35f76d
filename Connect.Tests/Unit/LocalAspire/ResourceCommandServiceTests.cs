using Aspire.Hosting.ApplicationModel;
using Connect.LocalAspire.Console;

namespace Connect.Tests.Unit.LocalAspire;

public sealed class ResourceCommandServiceTests
{
    private readonly ResourceLogs _logs = new([]);
    private readonly ContainerResource _resource = new("thing");

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Command_is_found_whatever_its_case_and_noted_in_the_log()
    {
        Add("go", context => Task.FromResult(
            context.ResourceName == "thing" ? CommandResults.Success() : CommandResults.Failure(context.ResourceName)));

        var result = await ExecuteAsync("GO", CancellationToken);

        Assert.True(result.Success, result.Message);
        Assert.Equal(["command go: done"], _logs.LastLines("thing"));
    }

    [Fact]
    public async Task Unknown_command_is_a_failure()
    {
        var result = await ExecuteAsync("go", CancellationToken);

        Assert.Equal("Command 'go' not available for resource 'thing'.", result.Message);
    }

    [Fact]
    public async Task Exception_is_a_failure_with_its_message()
    {
        Add("go", _ => throw new InvalidOperationException("It is broken."));

        var result = await ExecuteAsync("go", CancellationToken);

        Assert.False(result.Success);
        Assert.Equal("It is broken.", result.Message);
        Assert.Equal(["command go: It is broken."], _logs.LastLines("thing"));
    }

    [Fact]
    public async Task Command_is_canceled_with_its_caller()
    {
        using var caller = new CancellationTokenSource();
        Add("go", async context =>
        {
            await caller.CancelAsync();
            context.CancellationToken.ThrowIfCancellationRequested();
            return CommandResults.Success();
        });

        var result = await ExecuteAsync("go", caller.Token);

        Assert.True(result.Canceled);
        Assert.False(result.Success);
    }

    private void Add(string name, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> execute) =>
        _resource.Annotations.Add(new ResourceCommandAnnotation(name, name, execute, new CommandOptions()));

    private Task<ExecuteCommandResult> ExecuteAsync(string name, CancellationToken cancellationToken) =>
        new ResourceCommandService(_logs, NoServices.Instance).ExecuteCommandAsync(_resource, name, cancellationToken);

    private sealed class NoServices : IServiceProvider
    {
        public static NoServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;
    }
}

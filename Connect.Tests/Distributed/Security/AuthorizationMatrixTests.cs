using System.Net;

namespace Connect.Tests.Distributed.Security;

/// <summary>Every operation of the API's own document, asked by every kind of caller.</summary>
public sealed class AuthorizationMatrixTests(AuthorizationMatrixTests.Fixture fixture, ITestOutputHelper output)
    : IClassFixture<AuthorizationMatrixTests.Fixture>
{
    [Fact]
    public async Task Every_operation_admits_only_the_callers_of_its_rule()
    {
        var scene = fixture.Scene;
        Assert.Equal(
            AccessRules.All.Keys.Order(StringComparer.Ordinal),
            scene.Document.Operations.Select(operation => operation.Name).Order(StringComparer.Ordinal));

        var cases = 0;
        List<string> open = [];
        foreach (var operation in scene.Document.Operations)
        {
            foreach (var caller in Enum.GetValues<CallerKind>())
            {
                var answer = await scene.Client.SendAsync(scene.Request(operation, caller));
                var expected = AccessRules.All[operation.Name].Expect(caller);
                cases++;
                if (answer.Status != expected || answer.FindMalformation() is not null)
                {
                    open.Add($"{operation.Name} as {caller}: {(int)answer.Status}, not {(int)expected}. {answer.Body}");
                }
            }
        }

        output.WriteLine($"{scene.Document.Operations.Count} operations x {Enum.GetValues<CallerKind>().Length} callers = {cases} cases, {open.Count} open.");
        Assert.True(open.Count == 0, string.Join('\n', open));
        Assert.Equal(scene.Document.Operations.Count * Enum.GetValues<CallerKind>().Length, cases);
    }

    [Fact]
    public async Task Stranger_gets_the_same_answer_whether_the_resource_exists_or_not()
    {
        var scene = fixture.Scene;
        var operations = scene.Document.Operations.Where(operation => AccessRules.All[operation.Name].IsOfOrganization).ToList();

        Assert.NotEmpty(operations);
        foreach (var operation in operations)
        {
            var strangers = Enum.GetValues<CallerKind>().Where(caller => AccessRules.All[operation.Name].Expect(caller) == HttpStatusCode.NotFound
                && caller is not (CallerKind.Reader or CallerKind.Editor or CallerKind.Owner or CallerKind.ReadKey or CallerKind.WriteKey)).ToList();
            Assert.Contains(CallerKind.Stranger, strangers);
            foreach (var caller in strangers)
            {
                var existing = await scene.Client.SendAsync(scene.Request(operation, caller));
                var unknown = await scene.Client.SendAsync(scene.Request(operation, caller, Guid.CreateVersion7()));

                Assert.Equal(HttpStatusCode.NotFound, existing.Status);
                Assert.Equal((unknown.Status, Comparable(unknown), unknown.Cache), (existing.Status, Comparable(existing), existing.Cache));
            }
        }
    }

    // The trace is another one for each request.
    private static string Comparable(AttackAnswer answer)
    {
        var body = answer.Json.AsObject();
        body.Remove("traceId");
        return body.ToJsonString();
    }

    /// <summary>An instance of the API and its callers.</summary>
    public sealed class Fixture(RunningApplication application) : IAsyncLifetime
    {
        private AttackedSite? _site;

        internal AccessScene Scene { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _site = await AttackedSite.HostAsync(application, instances: 1);
            Scene = await AccessScene.SetAsync(_site);
        }

        public async ValueTask DisposeAsync()
        {
            if (_site is not null)
            {
                await _site.DisposeAsync();
            }
        }
    }
}

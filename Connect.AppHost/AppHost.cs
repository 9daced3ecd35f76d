using Connect.AppHost;
using Connect.AppHost.Commands;
using Connect.AppHost.Servers;
using Connect.AppHost.Servers.Mail;

var builder = DistributedApplication.CreateBuilder(args);

var adminEmail = builder.AddParameter("admin-email");
var adminPassword = builder.AddParameter("admin-password", secret: true);

var inContainers = builder.ExecutionContext.IsPublishMode || ContainerEngine.IsWanted(builder.Configuration);
var database = builder.AddConnectDatabase("connectdb", inContainers);
var cache = builder.AddConnectCache("cache", inContainers);

var worker = builder.AddProject<Projects.Connect_ScraperWorker>("scraper-worker")
    .AsService()
    .WithReference(database)
    .WithReference(cache)
    .WaitFor(database)
    .WaitFor(cache)
    .WithHttpHealthCheck("/health")
    .WithUrlForEndpoint("http", url => url.DisplayText = "Scraper");

if (builder.ExecutionContext.IsRunMode)
{
    var simulator = builder.AddProject<Projects.Connect_AgencySimulator>("agency-simulator")
        .AsService()
        .WithHttpHealthCheck("/health")
        .WithUrlForEndpoint("http", url => url.DisplayText = "Agency boards")
        .WithBoardCommands();

    worker.WithReference(simulator).WaitFor(simulator);
}

// The worker owns the migrations, so the API starts after it.
var api = builder.AddProject<Projects.Connect_Api>("api")
    .AsService()
    .WithReplicas(2)
    .WithReference(database)
    .WithReference(cache)
    .WithEnvironment("Admin__Email", adminEmail)
    .WithEnvironment("Admin__Password", adminPassword)
    .WaitFor(database)
    .WaitFor(cache)
    .WaitFor(worker)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithUrlForEndpoint("http", url => url.DisplayText = "API")
    .WithPage("/scalar", "API reference")
    .WithPage("/ops", "Operations page")
    .WithPage("/metrics", "Metrics")
    .WithMcpServer();

worker.WithAdminCommands(api, adminEmail, adminPassword);
builder.AddMailCatcher(api, worker, inContainers);
builder.AddObservability(api, inContainers);

return await builder.RunAsync();

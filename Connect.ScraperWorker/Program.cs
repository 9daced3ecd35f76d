using Connect.Caching;
using Connect.Data;
using Connect.Data.Instances;
using Connect.Data.Model;
using Connect.ScraperWorker;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Inspect;
using Connect.ScraperWorker.Mails;
using Connect.ScraperWorker.Startup;
using Connect.ScraperWorker.Warming;
using Connect.ServiceDefaults;
using Connect.ServiceDefaults.Telemetry;

if (InspectCommand.Is(args))
{
    return await InspectCommand.RunAsync(args, Console.Out, Console.Error, TimeProvider.System, CancellationToken.None);
}

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddConnectStores<ConnectDbContext>(ConnectDbContext.Configure);
builder.Services.AddConnectData();
builder.Services.AddCacheInstance("worker", MetricsAddress.Of);
builder.AddAnnouncementSources();
builder.Services.AddScrapePipeline();
builder.AddScheduling();
builder.Services.AddWarming();
builder.Services.AddMailSending();
builder.Services.AddHealthChecks()
    .AddCheck<DatabaseReady>("migrations")
    .AddCheck<CacheState>("cache");

var app = builder.Build();

app.MapDefaultEndpoints();
app.Run();
return 0;

using Connect.AgencySimulator;
using Connect.AgencySimulator.Announcements;
using Connect.AgencySimulator.Boards;
using Connect.AgencySimulator.Control;
using Connect.ServiceDefaults;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.TryAddSingleton(TimeProvider.System);
builder.Services.AddOptionsWithValidateOnStart<SimulatorOptions, SimulatorOptionsValidator>().BindConfiguration(SimulatorOptions.SectionName);
builder.Services.AddSingleton<BoardStore>();
builder.Services.AddSingleton<Faults>();
builder.Services.AddSingleton<RequestCounts>();
builder.Services.AddProblemDetails();

// Flushed bytes are sent at once, so the first half of a page arrives before the connection breaks.
builder.Services.Configure<SocketTransportOptions>(static sockets => sockets.MaxWriteBufferSize = 1);

// A body that is not JSON is answered 400 in every environment.
builder.Services.Configure<RouteHandlerOptions>(static options => options.ThrowOnBadRequest = false);

var app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseSessionPath();
app.UseRouting();
app.MapDefaultEndpoints();
app.MapBoards();
app.MapControl();

// Creates the boards at start, not at the first request.
_ = app.Services.GetRequiredService<BoardStore>();
app.Run();

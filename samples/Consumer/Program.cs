using System.Globalization;
using System.Text;
using Connect.Client;
using Microsoft.Extensions.DependencyInjection;

Console.OutputEncoding = Encoding.UTF8;
var (email, password) = ($"{Guid.NewGuid():N}@example.com", "Hanbit-2026!");
var services = new ServiceCollection();
services.AddConnectClient(options =>
{
    options.Address = new Uri(Environment.GetEnvironmentVariable("CONNECT_URL") ?? "http://localhost:5180");
    options.Email = email;
    options.Password = password;
});
await using var provider = services.BuildServiceProvider();
var connect = provider.GetRequiredService<ConnectClient>();

await connect.RegisterAsync(new RegisterRequest { Email = email, Password = password });
var organization = await connect.CreateOrganizationAsync(new CreateOrganizationRequest
{
    Type = OrganizationType.COMPANY,
    Name = "한빛",
    BusinessNumber = NewBusinessNumber(),
    IndustrySector = Sector.ICT,
    TechnologyReadinessLevel = 5,
    RdExperience = true,
    KeyTechnologies = ["인공지능"],
});

Console.WriteLine("Open ICT programs, the nearest deadline first:");
var open = new ProgramFilter { Status = [ProgramStatus.ACTIVE], Sector = [Sector.ICT], Sort = ProgramSort.DEADLINE };
await foreach (var program in connect.EnumerateProgramsAsync(open, pageSize: 2).Take(3))
{
    Console.WriteLine($"  {program.Deadline:yyyy-MM-dd} 「{program.Title}」");
}

var ranking = await connect.GenerateMatchesAsync(organization.Id, limit: 2, accept_Language: "en");
Console.WriteLine($"The best for {organization.Profile.Name}:");
foreach (var match in ranking.Matches)
{
    Console.WriteLine($"  {match.Score} points 「{match.Program.Title}」");
    Console.WriteLine($"    because 「{string.Join(" ", match.Explanation.Reasons)}」");
}

// Nine digits and their check digit; the last weighted digit counts with its tens.
static string NewBusinessNumber()
{
    var digits = Random.Shared.Next(100_000_000, 999_999_999).ToString(CultureInfo.InvariantCulture).Select(digit => digit - '0').ToArray();
    int[] weights = [1, 3, 7, 1, 3, 7, 1, 3, 5];
    var sum = digits.Zip(weights, (digit, weight) => digit * weight).Sum() + (digits[^1] * weights[^1] / 10);
    return $"{string.Concat(digits)}{(10 - (sum % 10)) % 10}";
}

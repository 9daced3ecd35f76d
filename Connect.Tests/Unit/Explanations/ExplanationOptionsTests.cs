using Connect.Data.Explanations;
using Microsoft.Extensions.Configuration;

namespace Connect.Tests.Unit.Explanations;

public sealed class ExplanationOptionsTests
{
    private static readonly Dictionary<string, string?> Complete = new()
    {
        ["Endpoint"] = "http://127.0.0.1:1/v1",
        ["ApiKey"] = "k",
        ["Model"] = "m",
    };

    [Fact]
    public void Nothing_is_a_valid_configuration()
    {
        Assert.Null(Problem([]));
        Assert.False(Bind([]).IsConfigured);
    }

    [Fact]
    public void Endpoint_key_and_model_together_are_valid()
    {
        Assert.Null(Problem(Complete));
        Assert.True(Bind(Complete).IsConfigured);
    }

    [Theory]
    [InlineData("Endpoint")]
    [InlineData("ApiKey")]
    [InlineData("Model")]
    public void Half_a_configuration_is_refused(string missing)
    {
        Assert.Contains("together", Problem(new(Complete) { [missing] = null }), StringComparison.Ordinal);
        Assert.Contains("together", Problem(new() { [missing] = Complete[missing] }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Endpoint", "ftp://127.0.0.1/v1")]
    [InlineData("Endpoint", "v1")]
    [InlineData("MaxConcurrentCalls", "0")]
    [InlineData("AttemptTimeout", "00:01:00")]
    [InlineData("DailyBudgetKrw", "1000")]
    [InlineData("InputPricePerMillionKrw", "-1")]
    public void Value_that_makes_no_sense_is_refused(string option, string value) => Assert.NotNull(Problem(new(Complete) { [option] = value }));

    [Theory]
    [InlineData(1_000_000, 0, "3500", "14000", 3_500_000_000)]
    [InlineData(1, 1, "0.5", "0", 1)]
    [InlineData(1000, 500, "207.5", "830", 622_500)]
    [InlineData(100, 100, "0", "0", 0)]
    public void Cost_is_counted_in_millionths_and_rounded_up(long input, long output, string inputPrice, string outputPrice, long expected) =>
        Assert.Equal(expected, Bind(new(Complete)
        {
            ["InputPricePerMillionKrw"] = inputPrice,
            ["OutputPricePerMillionKrw"] = outputPrice,
        }).CostOf(input, output));

    private static ExplanationOptions Bind(Dictionary<string, string?> values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values).Build().Get<ExplanationOptions>() ?? new ExplanationOptions();

    private static string? Problem(Dictionary<string, string?> values) =>
        new ExplanationOptionsValidator().Validate(null, Bind(values)).FailureMessage;
}

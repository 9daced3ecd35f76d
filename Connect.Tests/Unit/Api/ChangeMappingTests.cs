using Connect.Api.Programs;
using Connect.Domain.Programs;

namespace Connect.Tests.Unit.Api;

public sealed class ChangeMappingTests
{
    [Theory]
    [InlineData("budget_amount", "1", null, "budgetAmount", "1", null)]
    [InlineData("title", "가", "나", "title", "가", "나")]
    [InlineData("status", "Active", "Expired", "status", "ACTIVE", "EXPIRED")]
    [InlineData("target_types", null, "Company | ResearchInstitute", "targetTypes", null, "COMPANY | RESEARCH_INSTITUTE")]
    public void Change_has_the_names_of_the_wire(string field, string? old, string? @new, string wire, string? wireOld, string? wireNew) =>
        Assert.Equal(new FieldChange(wire, wireOld, wireNew), ChangeMapping.ToItem(new FieldChange(field, old, @new)));
}

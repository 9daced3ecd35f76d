using System.ComponentModel.DataAnnotations;
using Connect.Domain.Organizations;

namespace Connect.Api.Organizations;

/// <summary>A text that <see cref="BusinessNumber"/> reads; null is left to <see cref="RequiredAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ValidBusinessNumberAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var fault = value is null ? null : BusinessNumber.Read(value as string, out _);
        return fault is null ? ValidationResult.Success : new(MessageOf(fault.Value), [validationContext.MemberName!]);
    }

    private static string MessageOf(BusinessNumberFault fault) => fault switch
    {
        BusinessNumberFault.Office => "No business number begins with 000.",
        BusinessNumberFault.CheckDigit => "The check digit (the last one) does not fit the other digits: one of them is wrong, or two are interchanged.",
        _ => "The business number has the form 000-00-00000.",
    };
}

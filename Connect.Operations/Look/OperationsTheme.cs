using MudBlazor;

namespace Connect.Operations.Look;

/// <summary>Colours, corners and fonts of the page.</summary>
internal static class OperationsTheme
{
    // Fonts of the devices, so that none is downloaded; each platform has one with Korean.
    private static readonly string[] Fonts =
    [
        "system-ui", "-apple-system", "Segoe UI", "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", "Noto Sans CJK KR", "Roboto", "sans-serif",
    ];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0f5e9c",
            Secondary = "#5b5f97",
            Success = "#19703c",
            Warning = "#8a5300",
            Error = "#b3261e",
            Info = "#0f5e9c",
            Background = "#f4f6f8",
            BackgroundGray = "#e9edf1",
            Surface = "#ffffff",
            TextPrimary = "#16202b",
            TextSecondary = "#4c5a68",
            ActionDefault = "#4c5a68",
            LinesDefault = "#d8dfe6",
            LinesInputs = "#7d8b99",
            Divider = "#e3e8ed",
            TableLines = "#e3e8ed",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#7cc0ff",
            PrimaryContrastText = "#06223a",
            Secondary = "#b9bcf2",
            Success = "#7bd6a0",
            SuccessContrastText = "#06301a",
            Warning = "#ffc46b",
            WarningContrastText = "#3a2500",
            Error = "#ff9c92",
            ErrorContrastText = "#480500",
            Info = "#7cc0ff",
            InfoContrastText = "#06223a",
            Background = "#0f151b",
            BackgroundGray = "#0b1015",
            Surface = "#182129",
            TextPrimary = "#e6edf3",
            TextSecondary = "#a3b1be",
            ActionDefault = "#a3b1be",
            LinesDefault = "#2b3742",
            LinesInputs = "#71808e",
            Divider = "#25303a",
            TableLines = "#25303a",
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "10px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Fonts, FontSize = ".875rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Button = new ButtonTypography { TextTransform = "none", FontWeight = "600", LetterSpacing = "normal" },
            H6 = new H6Typography { FontWeight = "650", FontSize = "1.05rem", LetterSpacing = "normal" },
        },
    };
}

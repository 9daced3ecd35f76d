using System.Globalization;
using System.Text;

namespace Connect.Tests.Unit.Sources;

/// <summary>Texts that no board would publish, made from those that boards do publish. The same seed gives the same texts.</summary>
internal sealed class FuzzTexts(int seed)
{
    private const string Marks = " .,:;~-/'()[]<>\n\t\0∼～〜–—’½²①월일년시분억만천백십조원₩$제약총연당";
    private const string OtherDigits = "٠٥٩۲०९০๓０９𝟎²①Ⅳ五";

    private static readonly string[] Forms =
    [
        "2025.03.15", "2025. 3. 15.", "2025-03-15", "2025/03/15", "2025년 3월 15일", "'25.3.15", "25.03.15 ~ 25.04.15", "2025.03.15(금) 18:00", "20250315",
        "2025.03.15(금) ~ 04.15(월) 18:00까지", "2025-03-15T18:00:00.000Z", "2025-03-15T09:00+09:00", "2025년 3월 15일 17시", "23시 59분", "오후 6시",
        "자정", "정오", "낮 12시", "상시", "2025.12.20 ~ 01.15", "2025.02.31", "1999.12.31", "2099.12.31 ~ 01.01", "2025.03.15 09:00 ~ 18:00", "예산 소진 시",
        "2025.03.15부터 30일간", "2025. 3. 15.(토) 09:00 ~ 2025. 4. 15.(화) 18:00 까지", "공고 2025.03.01, 마감 2025.04.15", "2100-12-31T23:59:59-12:00",
        "10억원", "1.5억원", "5천만원", "300백만원", "1,764.22억원", "45,000,000원", "1억 5천만원", "과제당 연간 300백만원", "기업당 5천만원 이내", "3천만원 ~ 5천만원",
        "총연구비(억원) 48.75", "'25년 256백만원", "미정", "0억원", "9223372036854775807원", "79228162514264337593543950335조", "1조 2,000억원", "1억5천", "₩50,000",
        "KRW 5억", "5억 지원, 1~3억 투자유치 조건, 사업 총 2,000억원", "(단위: 백만원) 1,200", "1,200(천원)", "△5억원", "0.0000001억", "총 60억원(과제당 5억원)", "연 2억원 × 3년",
        "TRL 4-6", "TRL 4단계 ~ 6단계", "기술성숙도 5 이상", "기업부설연구소", "대학 제외", "○ 접수 기간 ： 2025.03.15", "접수기간(단위: 일) : 30", "<b>공고</b>_(2025)공고",
    ];

    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new();

    public string Next()
    {
        _text.Clear();
        switch (_random.Next(10))
        {
            case 0:
                AddAnything(_random.Next(40));
                break;
            case 1:
                Splice();
                break;
            case 2:
                _text.Append(Form());
                Translate();
                break;
            case 3:
                _text.Append(Form());
                AddAnything(_random.Next(4));
                _text.Append(Form());
                break;
            case 4 when _random.Next(200) == 0:
                var piece = _random.Next(3) == 0 ? Form() : Form()[..1];
                _text.Insert(0, piece, _random.Next(1, 400)).Append(Form());
                break;
            default:
                _text.Append(Form());
                Mutate(_random.Next(1, 5));
                break;
        }

        return _text.ToString();
    }

    private string Form() => Forms[_random.Next(Forms.Length)];

    // Every 16-bit unit, so that halves of pairs, controls and what is no character are among them.
    private void AddAnything(int length)
    {
        for (var i = 0; i < length; i++)
        {
            _text.Append(_random.Next(3) switch
            {
                0 => (char)_random.Next(char.MaxValue + 1),
                1 => (char)('0' + _random.Next(10)),
                _ => Marks[_random.Next(Marks.Length)],
            });
        }
    }

    private void Splice()
    {
        for (var parts = _random.Next(2, 5); parts > 0; parts--)
        {
            var form = Form();
            var from = _random.Next(form.Length);
            _text.Append(form, from, _random.Next(form.Length - from) + 1);
        }
    }

    private void Translate()
    {
        for (var i = 0; i < _text.Length; i++)
        {
            if (char.IsAsciiDigit(_text[i]) && _random.Next(3) == 0)
            {
                _text[i] = OtherDigits[_random.Next(OtherDigits.Length)];
            }
        }
    }

    private void Mutate(int times)
    {
        while (times-- > 0 && _text.Length > 0)
        {
            var place = _random.Next(_text.Length);
            var any = _random.Next(4) switch
            {
                0 => (char)_random.Next(char.MaxValue + 1),
                1 => (char)('0' + _random.Next(10)),
                _ => Marks[_random.Next(Marks.Length)],
            };
            switch (_random.Next(4))
            {
                case 0:
                    _text.Remove(place, 1);
                    break;
                case 1:
                    _text.Insert(place, any);
                    break;
                case 2:
                    _text[place] = any;
                    break;
                default:
                    _text.Insert(place, _text[_random.Next(_text.Length)]);
                    break;
            }
        }
    }

    /// <summary>The text with everything but letters and digits written as numbers, for messages.</summary>
    public static string Show(string text) => string.Concat(text.Select(c =>
        c is >= ' ' and <= '~' || c is >= '가' and <= '힣' ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}")));
}

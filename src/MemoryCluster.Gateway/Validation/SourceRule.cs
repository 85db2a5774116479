using System.Globalization;
using System.Text.Json;
using MemoryCluster.Gateway.Problems;

namespace MemoryCluster.Gateway.Validation;

/// <summary>Where a text stood before.</summary>
internal static class SourceRule
{
    private const int CharsMax = 128;
    private const int UriCharsMax = 2_048;

    public static SourceRef? Check(SourceBody? source) => source is null
        ? null
        : new SourceRef
        {
            Session = TextCheck.OptionalChars(source.Session, CharsMax, "source.session"),
            Turn = CheckTurn(source.Turn),
            Uri = TextCheck.OptionalChars(source.Uri, UriCharsMax, "source.uri"),
        };

    private static string? CheckTurn(RawJson? turn)
    {
        if (turn is not { } raw)
        {
            return null;
        }

        if (raw.Text.StartsWith('"'))
        {
            TextCheck.Chars(Decoded(raw), CharsMax, "source.turn");
            return raw.Text;
        }

        return long.TryParse(raw.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            ? raw.Text
            : throw new RefusalException(Refusals.TypeMismatch, "Give a JSON string or a whole number as 'source.turn'.", "source.turn");
    }

    private static string Decoded(RawJson raw)
    {
        try
        {
            return raw.ToElement().GetString()!;
        }
        catch (Exception exception) when (exception is InvalidOperationException or JsonException)
        {
            throw new RefusalException(Refusals.JsonInvalid, "'source.turn' holds half a surrogate pair. Send whole characters.", "source.turn", exception);
        }
    }
}

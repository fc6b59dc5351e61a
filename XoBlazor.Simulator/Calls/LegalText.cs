using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Calls;

/// <summary>Text must be legal in XML, whatever the protocol: no control characters but tab and line breaks.</summary>
internal static class LegalText
{
    /// <summary>The first illegal text inside a value; null when all is well.</summary>
    public static XapiValue? FindIllegal(XapiValue value) => value switch
    {
        TextValue text => IsLegal(text.Text) ? null : text,
        SetValue set => set.Items.Select(FindIllegal).FirstOrDefault(v => v is not null),
        MapValue map => map.Entries.Select(e => IsLegal(e.Key) ? FindIllegal(e.Value) : e.Key).FirstOrDefault(v => v is not null),
        _ => null,
    };

    private static bool IsLegal(string text)
    {
        foreach (var c in text)
            if (c is < ' ' and not ('\t' or '\n' or '\r') || c is '\uFFFE' or '\uFFFF')
                return false;
        return true;
    }
}

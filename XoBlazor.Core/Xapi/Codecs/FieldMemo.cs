using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>
/// The last few values of one field with the bytes they came from. Objects of one class resemble each other, so most values have been
/// there a moment ago: they are recognised by their bytes, not decoded again, and shared. A field whose values hardly ever repeat is
/// left alone for a while.
/// </summary>
internal struct FieldMemo<T, TWire> where TWire : IWire<T>
{
    private const int Places = 4;
    private const int LongestKept = 2048;
    private const int Patience = 16;
    private const int Rest = 1024;

    private (byte[] Raw, int Length, T Value)[]? _places;
    private int _misses;
    private int _rest;

    public T Read(ref WireReader reader, T old, DecodeContext context)
    {
        if (_rest > 0)
        {
            _rest--;
            return TWire.Read(ref reader, old, context);
        }

        var places = _places ??= new (byte[], int, T)[Places];
        var ahead = reader.Rest;
        for (var i = 0; i < Places && places[i].Length > 0; i++)
        {
            if (!ahead.StartsWith(places[i].Raw.AsSpan(0, places[i].Length)))
                continue;
            reader.Advance(places[i].Length);
            var value = places[i].Value;
            if (i > 0)
                (places[i], places[i - 1]) = (places[i - 1], places[i]);
            _misses = 0;
            return TWire.Same(old, value) ? old : value;
        }

        return ReadNew(ref reader, old, context, places);
    }

    private T ReadNew(ref WireReader reader, T old, DecodeContext context, (byte[] Raw, int Length, T Value)[] places)
    {
        var start = reader.Position;
        var value = TWire.Read(ref reader, old, context);
        var raw = reader.Since(start);
        if (++_misses > Patience)
            (_misses, _rest) = (0, Rest);

        // Only what ends by itself is recognised by its beginning: 12 begins 123.
        if (raw is [.., (byte)'"' or (byte)']' or (byte)'}'] && raw.Length <= LongestKept)
        {
            // A new value takes a free place or the last, and climbs with every use.
            var free = 0;
            while (free < Places - 1 && places[free].Length > 0)
                free++;
            ref var place = ref places[free];
            if (place.Raw is null || place.Raw.Length < raw.Length)
                place.Raw = new byte[raw.Length];
            raw.CopyTo(place.Raw);
            (place.Length, place.Value) = (raw.Length, value);
        }

        return value;
    }
}

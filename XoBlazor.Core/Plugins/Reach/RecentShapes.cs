using System.Text.Json;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Plugins.Reach;

/// <summary>
/// The fields of the objects that plugins were told of last, ready to be sent: a change that ten plugins are told of is written once. Holds between <paramref name="most"/> and twice as
/// many. Safe from any thread.
/// </summary>
internal sealed class RecentShapes(int most)
{
    private readonly Lock _gate = new();
    private Dictionary<XapiObject, JsonElement> _younger = new(ReferenceEqualityComparer.Instance);
    private Dictionary<XapiObject, JsonElement> _older = new(ReferenceEqualityComparer.Instance);

    public JsonElement Of(XapiObject value, Func<XapiObject, JsonElement> write)
    {
        lock (_gate)
            if (_younger.TryGetValue(value, out var known) || _older.TryGetValue(value, out known))
                return known;

        // Two may write the same at a time; nobody waits for the other.
        var written = write(value);
        lock (_gate)
        {
            if (_younger.Count >= most)
                (_older, _younger) = (_younger, new(ReferenceEqualityComparer.Instance));
            _younger[value] = written;
        }
        return written;
    }
}

namespace XoBlazor.Simulator.Events;

/// <summary>What a client wants to hear of: everything, whole classes, single objects. Unknown names never match and are no error.</summary>
internal sealed class Subscriptions
{
    private readonly bool _everything;
    private readonly HashSet<string> _classes = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, HashSet<string>> _objects = new(StringComparer.OrdinalIgnoreCase);

    public Subscriptions(IEnumerable<string> names)
    {
        foreach (var name in names)
            if (name == "*")
                _everything = true;
            else if (name.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash)
            {
                if (!_objects.TryGetValue(name[..slash], out var refs))
                    _objects.Add(name[..slash], refs = []);
                refs.Add(name[(slash + 1)..]);
            }
            else
                _classes.Add(name);
    }

    /// <summary>Messages come along only when the class, or everything, is asked for.</summary>
    public bool WantsMessages => WantsClass("message");

    /// <summary>All objects of the class.</summary>
    public bool WantsClass(string className) => _everything || _classes.Contains(className);

    public bool Wants(string className, string reference) =>
        WantsClass(className) || (_objects.TryGetValue(className, out var refs) && refs.Contains(reference));

    public bool WantsAnyOf(string className) => WantsClass(className) || _objects.ContainsKey(className);
}

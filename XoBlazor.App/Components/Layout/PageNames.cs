namespace XoBlazor.App.Components.Layout;

/// <summary>What the open page is called, where its address alone does not tell. The page says it once it knows, and knows it only for who may see it. Used on the circuit's dispatcher.</summary>
public sealed class PageNames
{
    private (string Path, string Name) _open;

    /// <summary>A page has said how it is called.</summary>
    public event Action? Changed;

    /// <summary>The name of the page at a path; null when it has not said so.</summary>
    public string? Of(string path) => _open.Path == path ? _open.Name : null;

    public void Say(string path, string name)
    {
        if (_open == (path, name))
            return;
        _open = (path, name);
        Changed?.Invoke();
    }
}

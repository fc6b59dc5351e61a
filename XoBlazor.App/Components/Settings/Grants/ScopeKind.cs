namespace XoBlazor.App.Components.Settings.Grants;

/// <summary>The kinds of scope to choose from.</summary>
internal enum ScopeKind
{
    Everything,
    Pool,
    Host,
    Object,
    Rule,
}

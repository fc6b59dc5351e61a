namespace XoBlazor.Core.Store.Facts;

/// <summary>The four things XAPI keeps in one class, and the templates that come with the product.</summary>
public enum VmKind
{
    Vm,
    Template,
    DefaultTemplate,
    Snapshot,
    ControlDomain,
}

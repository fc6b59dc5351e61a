using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Consoles;

/// <summary>Where a VM's console is at this moment, or why there is none.</summary>
internal abstract record ConsolePlace
{
    private ConsolePlace()
    {
    }

    /// <summary>On a host.</summary>
    /// <param name="At">Null for the coordinator, which the connection leads to.</param>
    /// <param name="Target">Path and query, without a session.</param>
    public sealed record There(XapiConnection Connection, XapiEndpoint? At, string Target, XenRef<Host> Host, string HostName, string VmName) : ConsolePlace;

    /// <summary>Nowhere.</summary>
    /// <param name="Code">For programs: <c>gone</c>, <c>not-running</c>, <c>no-console</c>, <c>unreachable</c>.</param>
    /// <param name="Text">With the next step.</param>
    public sealed record Nowhere(string Code, string Text) : ConsolePlace;
}

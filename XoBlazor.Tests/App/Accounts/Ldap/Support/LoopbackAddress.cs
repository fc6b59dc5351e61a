using System.Net;

namespace XoBlazor.Tests.App.Accounts.Ldap.Support;

/// <summary>Addresses of 127.0.0.0/8 that no other server of this or another test run uses, so that fixed ports are free on them.</summary>
internal static class LoopbackAddress
{
    private static int s_last;

    public static IPAddress Next()
    {
        var number = Interlocked.Increment(ref s_last);
        var run = Environment.ProcessId;
        return new IPAddress([127, (byte)(64 + ((run >> 8) & 0x7F)), (byte)run, (byte)(1 + (number % 250))]);
    }
}

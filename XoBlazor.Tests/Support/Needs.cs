using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace XoBlazor.Tests.Support;

/// <summary>What a test needs of the machine. Where it is missing the test skips and says so; under <c>CI=true</c> it fails.</summary>
internal static class Needs
{
    private static readonly string[] s_folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), "/usr/sbin", "/sbin"];

    /// <summary>The path of a program that a Debian package brings.</summary>
    public static string Program(string name, string package)
    {
        var path = s_folders.Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        if (path is null)
            Missing($"{name} is missing; install it (Debian: apt-get install {package}) or let ./test.sh do it.");
        return path;
    }

    /// <summary>Root, for what only root can do.</summary>
    public static void Root(string reason)
    {
        if (!Environment.IsPrivilegedProcess)
            Missing(reason);
    }

    /// <summary>The loopback address of IPv6.</summary>
    public static void IPv6()
    {
        try
        {
            using var any = new TcpListener(IPAddress.IPv6Loopback, 0);
            any.Start();
        }
        catch (SocketException)
        {
            Missing("This machine has no ::1.");
        }
    }

    [DoesNotReturn]
    public static void Missing(string reason)
    {
        if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
            Assert.Fail(reason);
        Assert.Skip(reason);
    }
}

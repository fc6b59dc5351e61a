using System.Globalization;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Updates;

/// <summary>Why a host does not take an update, and the way out. Both generations have the same reasons under names that begin otherwise (the datamodel's errors).</summary>
internal static class PrecheckText
{
    private const string Failed = "_PRECHECK_FAILED_";
    private const int LongestOutput = 500;

    /// <param name="update">The update's name.</param>
    /// <param name="nameOf">The name of another update, by its uuid or reference; null for what is unknown.</param>
    public static string Of(XapiFailureException failure, PoolPicture pool, Host host, string update, Func<string, string?> nameOf)
    {
        var on = pool.NameOf(host);
        var at = failure.Code.IndexOf(Failed, StringComparison.Ordinal);
        // The first parameter is the update itself.
        var told = failure.Parameters.Skip(1).Select(text => ForeignText.Shown(text)).ToList();
        return (at < 0 ? failure.Code : failure.Code[(at + Failed.Length)..]) switch
        {
            "OUT_OF_SPACE" => $"{on} has {Size(told, 0)} free on its own disk, and {update} needs {Size(told, 1)}. Delete old logs, crash dumps and files of earlier updates there, and install again.",
            "WRONG_SERVER_VERSION" => $"{update} is for hosts of version {Text(told, 1)}, and {on} has {Text(told, 0)}. It is not for this pool.",
            "WRONG_SERVER_BUILD" => $"{update} is for hosts of build {Text(told, 1)}, and {on} has {Text(told, 0)}. It is not for this pool.",
            "PREREQUISITE_MISSING" => $"{update} requires {Names(failure, nameOf)}, which {on} lacks. Install that first.",
            "CONFLICT_PRESENT" => $"{update} conflicts with {Names(failure, nameOf)}, which {on} has. Only one of them can be there.",
            "ISO_MOUNTED" => $"On {on} the tools ISO is in the drive of a VM{(told.Count > 0 ? $" ({told[0].TrimEnd('.')})" : "")}, and {update} would change it. Eject it there, and install again.",
            "VM_RUNNING" => $"VMs run on {on}, and {update} wants none there. Move or stop them, and install again.",
            "GPGKEY_NOT_IMPORTED" => $"{on} does not know the key that {update} is signed with. Is it the maker's, and for this version? A supplemental pack may bring a key of its own.",
            "UNKNOWN_ERROR" => $"{on} does not take {update}: {Text(told, 0).TrimEnd('.')}. Its log is /var/log/xensource.log on the host.",
            "PATCH_APPLY_FAILED" or "UPDATE_APPLY_FAILED" or "PATCH_APPLY_FAILED_BACKUP_FILES_EXIST" =>
                $"{on} could not install {update}: {(failure.Parameters is [var output, ..] ? ForeignText.Shown(Shortened(output)) : "it does not say why")}.",
            _ => $"{on} does not take {update}. {XapiErrorText.Of(failure, reference => reference == failure.Parameters.FirstOrDefault() ? update : nameOf(reference))}",
        };
    }

    private static string Names(XapiFailureException failure, Func<string, string?> nameOf) => string.Join(", ", failure.Parameters.Skip(1)
        .SelectMany(text => text.Split([' ', ',', ';', '[', ']'], StringSplitOptions.RemoveEmptyEntries)).Select(id => nameOf(id) ?? ForeignText.Shown(id))) is { Length: > 0 } names ? names : "another update";

    /// <summary>What an installer printed may be long; the reason stands at its end.</summary>
    private static string Shortened(string output) => output.Trim() is { Length: > LongestOutput } words ? "…" + words[^LongestOutput..].TrimEnd('.') : output.Trim().TrimEnd('.');

    private static string Text(List<string> told, int at) => at < told.Count && told[at].Length > 0 ? told[at] : "another one";

    private static string Size(List<string> told, int at) =>
        at < told.Count && long.TryParse(told[at], NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? SizeText.Write(bytes) : "more";
}

using XoBlazor.Core.Access;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Consoles;

/// <summary>What somebody may at a console by what is granted at this moment.</summary>
/// <param name="Refusal">Null when they may look.</param>
internal readonly record struct ConsoleVerdict(ConsoleRefusedException? Refusal, ConsoleLeave Leave)
{
    public static ConsoleVerdict Of(AccessEngine access, ConsolePlaces places, Actor actor, ObjectKey key)
    {
        if (places.Vm(key) is not var (pool, vm))
            return new(new("not-there", AccessEngine.NoSuchObject(key)), ConsoleLeave.None);
        if (access.Refusal(actor, ConsoleRights.ToSee(vm), pool, vm, key) is { } words)
            return new(new(access.Allows(actor, Right.View, pool, vm) ? "no-right" : "not-there", words), ConsoleLeave.None);
        return new(null, (May(ConsoleRights.ToType(vm)) ? ConsoleLeave.Type : 0) | (May(ConsoleRights.ToExchange(vm)) ? ConsoleLeave.Clipboard : 0)
            | (pool.Get(vm.ResidentOn) is { } host && access.Allows(actor, Right.View, pool, host) ? ConsoleLeave.Host : 0));

        bool May(Right right) => access.Allows(actor, right, pool, vm);
    }
}

using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store.Facts;

/// <summary>What a message is about. Messages name their object by class and uuid and may outlive it.</summary>
public static class MessageFacts
{
    /// <summary>The object a message is about, or null when it is gone or of a class we do not know.</summary>
    public static XapiObject? ObjectOf(this PoolPicture pool, XapiMessage message) => message.Cls switch
    {
        MessageClass.Vm => pool.GetByUuid<Vm>(message.ObjUuid),
        MessageClass.Host => pool.GetByUuid<Host>(message.ObjUuid),
        MessageClass.Sr => pool.GetByUuid<Sr>(message.ObjUuid),
        MessageClass.Pool => pool.GetByUuid<Pool>(message.ObjUuid) ?? pool.Pool,
        MessageClass.Vmpp => pool.GetByUuid<Vmpp>(message.ObjUuid),
        MessageClass.Vmss => pool.GetByUuid<Vmss>(message.ObjUuid),
        MessageClass.PvsProxy => pool.GetByUuid<PvsProxy>(message.ObjUuid),
        MessageClass.Vdi => pool.GetByUuid<Vdi>(message.ObjUuid),
        MessageClass.Certificate => pool.GetByUuid<Certificate>(message.ObjUuid),
        MessageClass.Unrecognised => pool.GetByUuid(message.ObjUuid),
    };
}

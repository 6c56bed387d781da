(* The signatures of MirageOS's libraries that unikernel.ml and config.ml use, and no code: with them the
   types of both are checked where MirageOS itself cannot be had. Written after the sources that
   README.md names; they are no proof that those libraries are so. *)

module Mirage_runtime : sig
  val register_arg : 'a Cmdliner.Term.t -> unit -> 'a
end = struct
  let register_arg _ = failwith "a stub"
end

module Mirage_sleep : sig
  val ns : int64 -> unit Lwt.t
end = struct
  let ns _ = failwith "a stub"
end

module Duration : sig
  val of_sec : int -> int64
end = struct
  let of_sec _ = failwith "a stub"
end

module Tcpip = struct
  module Stack = struct
    module type V4V6 = sig
      type t

      module TCP : sig
        type t
        type flow
        type error
        type write_error

        val pp_error : Format.formatter -> error -> unit
        val pp_write_error : Format.formatter -> write_error -> unit
        val read : flow -> ([ `Data of Cstruct.t | `Eof ], error) result Lwt.t
        val write : flow -> Cstruct.t -> (unit, write_error) result Lwt.t
        val close : flow -> unit Lwt.t
        val listen : t -> port:int -> ?keepalive:unit -> (flow -> unit Lwt.t) -> unit
      end

      val tcp : t -> TCP.t
      val listen : t -> unit Lwt.t
    end
  end
end

module Mirage : sig
  type package
  type 'a typ
  type 'a impl
  type job
  type stackv4v6
  type network

  val package :
    ?scope:[ `Switch | `Monorepo ] ->
    ?build:bool ->
    ?libs:string list ->
    ?min:string ->
    ?max:string ->
    string ->
    package

  val ( @-> ) : 'a typ -> 'b typ -> ('a -> 'b) typ
  val ( $ ) : ('a -> 'b) impl -> 'a impl -> 'b impl
  val job : job typ
  val stackv4v6 : stackv4v6 typ
  val main : ?packages:package list -> string -> 'a typ -> 'a impl
  val default_network : network impl
  val generic_stackv4v6 : ?group:string -> network impl -> stackv4v6 impl
  val register : string -> job impl list -> unit
end = struct
  type package = unit
  type 'a typ = unit
  type 'a impl = unit
  type job = unit
  type stackv4v6 = unit
  type network = unit

  let package ?scope:_ ?build:_ ?libs:_ ?min:_ ?max:_ _ = ()
  let ( @-> ) _ _ = ()
  let ( $ ) _ _ = ()
  let job = ()
  let stackv4v6 = ()
  let main ?packages:_ _ _ = ()
  let default_network = ()
  let generic_stackv4v6 ?group:_ _ = ()
  let register _ _ = ()
end
